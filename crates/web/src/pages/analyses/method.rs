//! A method's own words, part by part: Markdown drawn as elements, and nothing in it taken as HTML.

use maud::{Escaper, Markup, PreEscaped, Render, html};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::fmt::Write;

/// The part of a method under one of its headings, such as "How to read it"; nothing where it has none.
pub(super) fn part(method: &str, heading: &str) -> Option<Markup> {
    let mut drawn = String::new();
    let mut title: Option<String> = None;
    let mut inside = false;
    for event in Parser::new(method) {
        match (event, &mut title) {
            (Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }), _) => {
                title = Some(String::new());
            }
            (Event::End(TagEnd::Heading(HeadingLevel::H1 | HeadingLevel::H2)), Some(words)) => {
                inside = words.trim() == heading;
                title = None;
            }
            (Event::Text(words) | Event::Code(words), Some(title)) => title.push_str(&words),
            (event, _) if inside => draw(event, &mut drawn),
            _ => {}
        }
    }
    (!drawn.is_empty()).then_some(PreEscaped(drawn))
}

fn draw(event: Event<'_>, to: &mut String) {
    match event {
        Event::Start(tag) => to.push_str(opening(&tag)),
        Event::End(tag) => to.push_str(closing(tag)),
        Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => escape(&words, to),
        Event::Code(words) => html! { code { (&*words) } }.render_to(to),
        Event::SoftBreak | Event::HardBreak => to.push(' '),
        _ => {}
    }
}

fn opening(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph => "<p class=\"govuk-body\">",
        Tag::Heading { .. } => "<h4 class=\"govuk-heading-s\">",
        Tag::List(None) => "<ul class=\"govuk-list govuk-list--bullet\">",
        Tag::List(Some(_)) => "<ol class=\"govuk-list govuk-list--number\">",
        Tag::Item => "<li>",
        Tag::Strong => "<strong>",
        Tag::Emphasis => "<em>",
        Tag::CodeBlock(_) => {
            "<div class=\"penshaw-scroll\" role=\"region\" aria-label=\"Figures\" tabindex=\"0\"><pre>"
        }
        _ => "",
    }
}

fn closing(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>",
        TagEnd::Heading(_) => "</h4>",
        TagEnd::List(false) => "</ul>",
        TagEnd::List(true) => "</ol>",
        TagEnd::Item => "</li>",
        TagEnd::Strong => "</strong>",
        TagEnd::Emphasis => "</em>",
        TagEnd::CodeBlock => "</pre></div>",
        _ => "",
    }
}

fn escape(words: &str, to: &mut String) {
    Escaper::new(to).write_str(words).expect("a string takes all words");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_drawn_and_nothing_in_it_is_html() {
        let method = "## How to read it\n\nSo <b>it</b> is: `a < b`.\n\n- **One**\n\n## What to do next\n\nNot this.\n";
        let drawn = part(method, "How to read it").expect("the part is there").into_string();
        assert_eq!(
            drawn,
            "<p class=\"govuk-body\">So &lt;b&gt;it&lt;/b&gt; is: <code>a &lt; b</code>.</p>\
             <ul class=\"govuk-list govuk-list--bullet\"><li><strong>One</strong></li></ul>"
        );
        assert!(part(method, "Worked example").is_none());
    }

    #[test]
    fn every_question_says_how_to_read_its_answer_and_what_to_do_next() {
        for listed in penshaw_analyses::ALL {
            for heading in ["At a glance", "What it shows", "How to read it", "What to do next", "Worked example"] {
                assert!(part(listed.method, heading).is_some(), "{} has no part {heading}", listed.name);
            }
        }
    }
}
