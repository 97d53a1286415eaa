-- A kind of campaign: a finished HTML document.
ALTER TABLE campaigns DROP CONSTRAINT campaigns_kind_check;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_kind_check
    CHECK (kind IN ('post', 'digest', 'markdown', 'mjml', 'html', 'weekly'));
