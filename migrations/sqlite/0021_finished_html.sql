-- A kind of campaign: a finished HTML document.
ALTER TABLE campaigns ADD COLUMN kind_with_html TEXT NOT NULL DEFAULT 'post'
    CHECK (kind_with_html IN ('post', 'digest', 'markdown', 'mjml', 'html', 'weekly'));
UPDATE campaigns SET kind_with_html = kind;
ALTER TABLE campaigns DROP COLUMN kind;
ALTER TABLE campaigns RENAME COLUMN kind_with_html TO kind;
