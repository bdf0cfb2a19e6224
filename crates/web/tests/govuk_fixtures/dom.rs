//! HTML written so that what means the same to a browser is the same text.

use std::fmt::Write as _;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// One element or text a line: attributes and classes in order of name, spaces collapsed except in a text area.
pub fn normal(html: &str) -> String {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html);
    let mut lines = String::new();
    children(&dom.document, 0, &mut lines);
    lines
}

fn children(node: &Handle, depth: usize, lines: &mut String) {
    for child in node.children.borrow().iter() {
        line(child, depth, lines);
    }
}

fn line(node: &Handle, depth: usize, lines: &mut String) {
    match &node.data {
        NodeData::Text { contents } => {
            let text = contents.borrow().split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                writeln!(lines, "{:depth$}{text}", "").expect("a string takes all");
            }
        }
        NodeData::Element { name, .. } if &*name.local == "textarea" => {
            writeln!(lines, "{:depth$}{} {:?}", "", tag(node), raw_text(node)).expect("a string takes all");
        }
        NodeData::Element { name, .. } => {
            // What parses a fragment puts it in a root of its own.
            let below = if &*name.local == "html" { depth } else { depth + 2 };
            if below > depth {
                writeln!(lines, "{:depth$}{}", "", tag(node)).expect("a string takes all");
            }
            children(node, below, lines);
        }
        _ => children(node, depth, lines),
    }
}

fn tag(node: &Handle) -> String {
    let NodeData::Element { name, attrs, .. } = &node.data else { return String::new() };
    let mut written: Vec<String> = attrs
        .borrow()
        .iter()
        .map(|attribute| {
            let name = &attribute.name.local;
            if &**name == "class" { classes(&attribute.value) } else { format!("{name}={:?}", &*attribute.value) }
        })
        .collect();
    written.sort();
    format!("<{} {}>", name.local, written.join(" "))
}

fn classes(value: &str) -> String {
    let mut names: Vec<&str> = value.split_whitespace().collect();
    names.sort_unstable();
    format!("class={names:?}")
}

fn raw_text(node: &Handle) -> String {
    let texts = node.children.borrow();
    texts.iter().fold(String::new(), |mut all, child| {
        if let NodeData::Text { contents } = &child.data {
            all.push_str(&contents.borrow());
        }
        all
    })
}
