use super::*;
use crate::text::markdown::to_html;

fn same_html(markdown: &str) {
    let document = read(markdown).unwrap();
    let written = write(&document);
    let ended = format!("{}\n", markdown.trim_end_matches('\n'));
    assert_eq!(
        to_html(&written).unwrap(),
        to_html(&ended).unwrap(),
        "{markdown}\n---\n{written}"
    );
    assert_eq!(
        read(&written).unwrap(),
        document,
        "{markdown}\n---\n{written}"
    );
}

/// Numbers that look random and are the same each time.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn text(&mut self) -> String {
        let words = [
            "a",
            "б",
            "қала ",
            " ",
            "  ",
            "ал*",
            "_x_",
            "[",
            "](",
            "1. ",
            "- ",
            "# ",
            "> ",
            "|",
            "`",
            "``",
            "\\",
            "&amp;",
            "&",
            "<b>",
            "~",
            "~~",
            "!",
            "مرحبا",
            ":::",
            ":::button",
            "\n",
            "---",
            "===",
            "+ ",
            "(",
            ".",
            "^",
            "\"",
            "е́",
            "$",
            "नमस्ते",
            "\u{a0}",
            "=",
            "word",
        ];
        (0..=self.below(5)).map(|_| self.one(&words)).collect()
    }

    fn href(&mut self) -> String {
        let hrefs = [
            "https://a.kz/x?y=1&z=2",
            "/a b",
            "mailto:a@b.kz",
            "https://a.kz/(x)",
            "#x",
            "{{ unsubscribe_url }}",
            "https://a.kz/\"q\"",
            "https://a.kz/<x>\\",
        ];
        self.one(&hrefs).to_owned()
    }

    fn marks(&mut self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for mark in [Mark::Strong, Mark::Em, Mark::Strike] {
            if self.below(4) == 0 {
                marks.push(mark);
            }
        }
        match self.below(10) {
            0 => marks.push(Mark::Code),
            1 => {
                let (href, title) = (self.href(), self.one(&["", "a \"t\" & \\"]).to_owned());
                marks.push(Mark::Link {
                    attrs: LinkAttrs { href, title },
                });
            }
            _ => {}
        }
        marks
    }

    fn inlines(&mut self) -> Vec<Inline> {
        (0..self.below(5))
            .map(|_| {
                let marks = self.marks();
                match self.below(9) {
                    0 => Inline::HardBreak { marks: Vec::new() },
                    1 => Inline::Image {
                        attrs: ImageAttrs {
                            src: self.href(),
                            alt: "a [b] *c*".to_owned(),
                            title: "t".to_owned(),
                        },
                        marks: Vec::new(),
                    },
                    2 => Inline::MergeTag {
                        attrs: TagAttrs {
                            tag: "name | default(\"x\")".to_owned(),
                        },
                        marks: Vec::new(),
                    },
                    _ => Inline::Text {
                        text: self.text(),
                        marks,
                    },
                }
            })
            .collect()
    }

    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        (0..=self.below(3)).map(|_| self.block(depth)).collect()
    }

    fn items(&mut self, depth: usize) -> Vec<Item> {
        (0..=self.below(3))
            .map(|_| Item::ListItem {
                content: self.blocks(depth),
            })
            .collect()
    }

    fn picture(&mut self) -> (PictureAttrs, Vec<Inline>) {
        let attrs = PictureAttrs {
            src: self.href(),
            alt: "Сурет \"1\" [x]".to_owned(),
            width: self.one(Width::ALL),
            href: String::new(),
        };
        (attrs, self.inlines())
    }

    fn block(&mut self, depth: usize) -> Block {
        let leaf = 14;
        let href = self.href();
        match self.below(if depth == 0 { leaf } else { leaf + 7 }) {
            0 => Block::Heading {
                attrs: HeadingAttrs {
                    level: 1 + u8::try_from(self.below(6)).unwrap(),
                },
                content: self.inlines(),
            },
            1 => Block::CodeBlock {
                attrs: CodeAttrs {
                    language: self.one(&["", "rust", "a`b"]).to_owned(),
                },
                content: vec![Inline::Text {
                    text: self
                        .one(&["x", ":::\n```\n", "\n a\n\n", "| a |", "{{ x }}"])
                        .to_owned(),
                    marks: Vec::new(),
                }],
            },
            2 => Block::Divider,
            3 => Block::Table {
                content: (0..=self.below(3))
                    .map(|_| Row::TableRow {
                        content: (0..=self.below(3))
                            .map(|_| Cell::TableCell {
                                attrs: AlignAttrs {
                                    align: self.one(CellAlign::ALL),
                                },
                                content: self.inlines(),
                            })
                            .collect(),
                    })
                    .collect(),
            },
            4 => {
                let (attrs, content) = self.picture();
                Block::Picture { attrs, content }
            }
            5 => Block::Gallery {
                content: (0..2)
                    .map(|_| {
                        let (attrs, content) = self.picture();
                        Picture::Picture { attrs, content }
                    })
                    .collect(),
            },
            6 => Block::Button {
                attrs: ButtonAttrs {
                    href,
                    align: self.one(Align::ALL),
                    kind: self.one(ButtonKind::ALL),
                },
                content: self.inlines(),
            },
            7 => Block::Spacer {
                attrs: SpacerAttrs {
                    size: self.one(Size::ALL),
                },
            },
            8 => Block::File {
                attrs: FileAttrs {
                    href,
                    name: "Есеп *1* {{ name }}".to_owned(),
                },
            },
            9 => Block::Video {
                attrs: VideoAttrs {
                    href,
                    poster: "/media/a.jpg".to_owned(),
                    title: "# t".to_owned(),
                },
            },
            10 => Block::Embed {
                attrs: EmbedAttrs {
                    href,
                    title: "a \"b\" \\".to_owned(),
                    description: "1. x".to_owned(),
                    picture: String::new(),
                },
            },
            11 => Block::Posts {
                attrs: CountAttrs { count: 3 },
            },
            12 => Block::Feed {
                attrs: FeedAttrs {
                    name: "press".to_owned(),
                    count: 5,
                },
            },
            14 => Block::Blockquote {
                content: self.blocks(depth - 1),
            },
            15 => Block::BulletList {
                attrs: ListAttrs {
                    start: 0,
                    loose: self.below(2) == 0,
                },
                content: self.items(depth - 1),
            },
            16 => Block::OrderedList {
                attrs: ListAttrs {
                    start: self.one(&[0, 1, 7]),
                    loose: self.below(2) == 0,
                },
                content: self.items(depth - 1),
            },
            17 => Block::Columns {
                attrs: ColumnsAttrs {
                    split: self.one(Split::ALL),
                },
                content: (0..2)
                    .map(|_| Column::Column {
                        content: self.blocks(depth - 1),
                    })
                    .collect(),
            },
            18 | 19 => Block::Callout {
                attrs: CalloutAttrs {
                    kind: self.one(CalloutKind::ALL),
                },
                content: self.blocks(depth - 1),
            },
            _ => Block::Paragraph {
                content: self.inlines(),
            },
        }
    }
}

/// What a block holds.
fn inside(block: &Block) -> Vec<Block> {
    match block {
        Block::Blockquote { content } | Block::Callout { content, .. } => content.clone(),
        Block::BulletList { content, .. } | Block::OrderedList { content, .. } => content
            .iter()
            .flat_map(|Item::ListItem { content }| content.clone())
            .collect(),
        Block::Columns { content, .. } => content
            .iter()
            .flat_map(|Column::Column { content }| content.clone())
            .collect(),
        _ => Vec::new(),
    }
}

/// The smallest part of a document that is not read as it was written.
fn smallest(document: Document) -> Document {
    let inner = document.content.iter().flat_map(inside);
    let parts = document.content.iter().cloned().chain(inner);
    let mut parts = parts.map(|block| Document {
        content: vec![block],
    });
    let smaller = parts.find(|one| *one != document && read(&write(one)).unwrap() != *one);
    smaller.map_or(document, smallest)
}

#[test]
fn a_document_is_read_as_it_was_written() {
    let mut seeded = Seeded(0x9E37_79B9_7F4A_7C15);
    let (mut failed, mut shown) = (0, String::new());
    for _ in 0..3_000 {
        let document = Document {
            content: seeded.blocks(3),
        }
        .normal();
        let written = write(&document);
        let again = read(&written).unwrap();
        if again != document {
            failed += 1;
            let document = smallest(document);
            let written = write(&document);
            let again = read(&written).unwrap();
            if shown.is_empty() || written.len() < shown.len() {
                shown = format!("{written}\n=== wanted {document:?}\n=== got {again:?}");
            }
        }
    }
    assert_eq!(failed, 0, "{shown}");
}

#[test]
fn the_json_is_that_of_prosemirror() {
    let json = "{\"type\":\"doc\",\"attrs\":{\"version\":1},\"content\":[{\"type\":\"button\",\"attrs\":{\"href\":\"https://a.kz\",\"align\":\"center\",\"kind\":\"main\"},\"content\":[{\"type\":\"text\",\"text\":\"Қосылу\",\"marks\":[{\"type\":\"strong\"}]}]}]}";
    let document = Document::from_json(json).unwrap();
    assert_eq!(serde_json::to_string(&document).unwrap(), json);
    assert_eq!(
        write(&document),
        ":::button href=\"https://a.kz\" align=\"center\"\n**Қосылу**\n:::\n"
    );
    for wrong in [
        "",
        "{}",
        "[]",
        "{\"type\":\"paragraph\"}",
        "{\"type\":\"doc\",\"content\":[{\"type\":\"x\"}]}",
    ] {
        assert!(Document::from_json(wrong).is_err(), "{wrong}");
    }
    let deep = "{\"type\":\"blockquote\",\"content\":[".repeat(5_000);
    assert!(Document::from_json(&format!("{{\"type\":\"doc\",\"content\":[{deep}")).is_err());
}

#[test]
fn markdown_renders_as_before() {
    for markdown in [
        "",
        "a\nb  \nc\\\nd",
        "* a\n* b\n\n1) x\n2) y\n",
        "- a\n\n- b\n\n  c",
        "Title\n=====\n\nb\n-",
        "[a][b] and <https://c.kz> www.d.kz e@f.kz\n\n[b]: /x \"t\"",
        "a[^1]\n\n[^1]: b\n\n    c\n\nd",
        "<div>\n*a*\n\n*b*</div>\n",
        "    code\n\n```rust\nx\n```",
        "| a | b |\n|:-|-:|\n| `x\\|y` | <br> |",
        "![a](b.png) \n\n[![a](b)](c)\n",
        "> a\n> - b\nlazy",
        "# a # b #\n\n***a** b*",
        "::: x\ny",
        ":::note title=\"a: b\"\nx\n:::\n\ny",
        ":::button href=\"https://a.kz\"\n[x](y) **z**\n:::",
        "::::columns\n:::column\na\n:::\n:::column\nb\n:::\n::::\n\n:::",
        "- a\n- \n- c",
        "&nbsp;a &copy; &#35;",
    ] {
        same_html(markdown);
    }
}

#[test]
fn conditions_hold_blocks() {
    let markdown =
        "{% if city == \"Almaty\" %}\n\n# A\n\n{% else %}\n\nB {{ name }}\n\n{% endif %}\n";
    let document = read(markdown).unwrap();
    assert!(
        matches!(document.content.as_slice(), [Block::If { .. }]),
        "{document:?}"
    );
    assert_eq!(write(&document), markdown);
    for kept in [
        "{% if a %}\n\nx\n\n{% elif b %}\n\ny\n\n{% endif %}\n",
        "{% if a %}\nx\n{% endif %}\n",
        "{% for x in y %}\n\n{{ x }}\n\n{% endfor %}\n",
        "a {# b #} c\n",
        "{% if a %}\n\nx\n",
    ] {
        assert_eq!(write(&read(kept).unwrap()), kept);
    }
    assert_eq!(
        write(&read("<{{ url }}>").unwrap()),
        "[{{ url }}]({{ url }})\n"
    );
}

#[test]
fn every_text_of_the_repository_renders_as_before() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let mut seeded = Seeded(7);
    let mut folders = vec![
        format!("{root}docs"),
        format!("{root}fuzz/seeds"),
        format!("{root}tests/corpus"),
    ];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path.display().to_string());
                continue;
            }
            let is_markdown = path.extension().is_some_and(|one| one == "md");
            let Some(text) = is_markdown
                .then(|| std::fs::read_to_string(&path).ok())
                .flatten()
            else {
                continue;
            };
            found += 1;
            if to_html(&text).is_err() {
                continue;
            }
            let text = text
                .replace("{{", "{ {")
                .replace("{%", "{ %")
                .replace("{#", "{ #");
            same_html(&text);
            let lines: Vec<&str> = text.lines().collect();
            for _ in 0..3 {
                let mut lines: Vec<&str> = lines
                    .iter()
                    .copied()
                    .skip(seeded.below(lines.len().max(1)))
                    .take(40)
                    .collect();
                for _ in 0..4 {
                    let (a, b) = (
                        seeded.below(lines.len().max(1)),
                        seeded.below(lines.len().max(1)),
                    );
                    if !lines.is_empty() {
                        lines.swap(a, b);
                    }
                }
                let text = lines.join("\n");
                // Lines at the end of code that is not closed are those of the text.
                let text = text.trim_end();
                if to_html(text).is_ok() {
                    same_html(text);
                }
            }
        }
    }
    assert!(found > 20, "{found}");
}
