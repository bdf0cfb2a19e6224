//! XML written element by element, so that what is opened is closed and words are escaped.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::write::words::clean;

type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A part of the file while it is written.
pub struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Begins a part with its XML declaration.
    pub fn new() -> Self {
        let mut xml = Xml::piece();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// Begins a piece of a part, without a declaration.
    pub fn piece() -> Self {
        Xml(Writer::new(Vec::new()))
    }

    fn event(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("writing to memory cannot fail");
    }

    /// An element with what `inside` writes in it.
    pub fn element(&mut self, name: &str, attributes: Attributes, inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        inside(self);
        self.close(name);
    }

    /// The beginning of an element whose end [`Xml::close`] writes.
    pub fn open(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// The end of an element.
    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// An element whose only attribute is `w:val`.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Words, escaped.
    pub fn words(&mut self, words: &str) {
        self.event(Event::Text(BytesText::new(&clean(words))));
    }

    /// The bytes written.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, clean(value).as_ref()));
    }
    start
}
