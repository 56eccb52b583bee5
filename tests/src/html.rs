//! A small reader of HTML as a server writes it: strict, so that a page that a browser would have to repair fails its test.

/// Elements that have no content and no end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose content is text up to their end tag.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// Elements that stand in a line of text; all others break it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time",
    "u", "var", "wbr",
];

/// Elements whose text nobody reads on the page.
const UNSEEN: &[&str] = &["head", "script", "style", "template", "noscript"];

/// One element with everything in it.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its tag, lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute; an attribute without value is the empty text.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The names of its attributes.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }

    /// Whether it carries the attribute.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }

    /// All elements in it, in the order of the page, itself not included.
    #[must_use]
    pub fn descendants(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    /// The descendants of one name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.descendants().into_iter().filter(move |element| element.name == name)
    }

    /// The first descendant of that name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.descendants().into_iter().find(|element| element.name == name)
    }

    /// The descendant with that id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Self> {
        self.descendants().into_iter().find(|element| element.attribute("id") == Some(id))
    }

    /// What is read on the page, one line for each block, white space as a browser shows it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut raw = String::new();
        self.write_text(&mut raw);
        let lines = raw.split('\u{1}').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// What a screen reader says for a link or a button: its `aria-label`, else its text.
    #[must_use]
    pub fn spoken(&self) -> String {
        self.attribute("aria-label").map_or_else(|| self.text().replace('\n', " "), str::to_owned)
    }

    /// The text within, exactly as it stands: the value of a textarea.
    #[must_use]
    pub fn raw_text(&self) -> String {
        self.children.iter().fold(String::new(), |mut text, child| {
            match child {
                Node::Text(found) => text.push_str(found),
                Node::Element(element) => text.push_str(&element.raw_text()),
            }
            text
        })
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if let Node::Element(element) = child {
                found.push(element);
                element.collect(found);
            }
        }
    }

    fn write_text(&self, into: &mut String) {
        if UNSEEN.contains(&self.name.as_str()) || self.has("hidden") {
            return;
        }
        let breaks = !INLINE.contains(&self.name.as_str());
        if breaks {
            into.push('\u{1}');
        }
        for child in &self.children {
            match child {
                Node::Text(text) => into.push_str(text),
                Node::Element(element) => element.write_text(into),
            }
        }
        if breaks {
            into.push('\u{1}');
        }
    }
}

/// Reads a page.
///
/// # Errors
/// The first fault of its markup, with the text around it.
pub fn read(text: &str) -> Result<Element, String> {
    let mut open = vec![Element { name: "#page".to_owned(), attributes: Vec::new(), children: Vec::new() }];
    let mut rest = text;
    while !rest.is_empty() {
        rest = step(rest, &mut open).map_err(|fault| {
            let around: String = rest.chars().take(120).collect();
            format!("{fault} at `{around}`")
        })?;
    }
    let page = open.remove(0);
    match open.last() {
        None => Ok(page),
        Some(left) => Err(format!("<{}> is never closed", left.name)),
    }
}

/// Reads one piece and gives what follows it.
fn step<'a>(rest: &'a str, open: &mut Vec<Element>) -> Result<&'a str, String> {
    if let Some(after) = rest.strip_prefix("<!--") {
        let (_, after) = after.split_once("-->").ok_or("a comment without end")?;
        return Ok(after);
    }
    if let Some(after) = rest.strip_prefix("<!") {
        let (_, after) = after.split_once('>').ok_or("a declaration without end")?;
        return Ok(after);
    }
    if let Some(after) = rest.strip_prefix("</") {
        let (name, after) = after.split_once('>').ok_or("an end tag without end")?;
        close(name.trim(), open)?;
        return Ok(after);
    }
    if rest.starts_with('<') && rest.chars().nth(1).is_some_and(|next| next.is_ascii_alphabetic()) {
        return start(rest.split_at(1).1, open);
    }
    let length = rest.char_indices().skip(1).find(|(_, character)| *character == '<').map_or(rest.len(), |(at, _)| at);
    let (text, after) = rest.split_at(length);
    add(open, Node::Text(unescaped(text)));
    Ok(after)
}

fn start<'a>(tag: &'a str, open: &mut Vec<Element>) -> Result<&'a str, String> {
    let length = tag.find(|character: char| character.is_whitespace() || character == '>' || character == '/');
    let (name, mut rest) = tag.split_at(length.ok_or("a tag without end")?);
    let mut element = Element { name: name.to_ascii_lowercase(), attributes: Vec::new(), children: Vec::new() };
    let closed = loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            rest = after;
            break true;
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break VOID.contains(&element.name.as_str());
        }
        let (attribute, after) = attribute(rest)?;
        if element.has(&attribute.0) {
            return Err(format!("attribute `{}` twice", attribute.0));
        }
        element.attributes.push(attribute);
        rest = after;
    };
    if closed {
        add(open, Node::Element(element));
    } else if RAW.contains(&element.name.as_str()) {
        let end = format!("</{}", element.name);
        let at = rest.to_ascii_lowercase().find(&end).ok_or("raw text without end")?;
        let (content, after) = rest.split_at(at);
        let literal = matches!(element.name.as_str(), "script" | "style");
        // A line break right after the tag is not part of a textarea.
        let content = if element.name == "textarea" { content.strip_prefix('\n').unwrap_or(content) } else { content };
        element.children.push(Node::Text(if literal { content.to_owned() } else { unescaped(content) }));
        add(open, Node::Element(element));
        let (_, after) = after.split_once('>').ok_or("an end tag without end")?;
        return Ok(after);
    } else {
        open.push(element);
    }
    Ok(rest)
}

fn attribute(rest: &str) -> Result<((String, String), &str), String> {
    let length = rest.find(|character: char| character.is_whitespace() || matches!(character, '=' | '>' | '/'));
    let (name, after) = rest.split_at(length.filter(|length| *length > 0).ok_or("an attribute without name")?);
    let name = name.to_ascii_lowercase();
    let Some(after) = after.trim_start().strip_prefix('=') else {
        return Ok(((name, String::new()), after));
    };
    let after = after.trim_start();
    for quote in ['"', '\''] {
        if let Some(after) = after.strip_prefix(quote) {
            let (value, after) = after.split_once(quote).ok_or("a quoted value without end")?;
            return Ok(((name, unescaped(value)), after));
        }
    }
    let end = after.find(|character: char| character.is_whitespace() || character == '>').ok_or("a value without end")?;
    let (value, after) = after.split_at(end);
    Ok(((name, unescaped(value)), after))
}

fn close(name: &str, open: &mut Vec<Element>) -> Result<(), String> {
    let last = open.pop().filter(|_| !open.is_empty()).ok_or_else(|| format!("</{name}> closes nothing"))?;
    if !last.name.eq_ignore_ascii_case(name) {
        return Err(format!("</{name}> closes <{}>", last.name));
    }
    add(open, Node::Element(last));
    Ok(())
}

fn add(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let character = after.split_once(';').filter(|(name, _)| name.len() < 10).and_then(|(name, after)| Some((entity(name)?, after)));
        match character {
            Some((character, after)) => {
                plain.push(character);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = number.strip_prefix(['x', 'X']).map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn text_is_read_as_a_browser_shows_it() {
        let page =
            read("<!doctype html><body><p>Pay <b>62.50</b>, an\n hour<!-- no --></p><p hidden>x</p><br><p>R&amp;D &#39;s</p></body>");
        assert_eq!(page.expect("sound").text(), "Pay 62.50, an hour\nR&D 's");
    }

    #[test]
    fn text_of_a_user_never_becomes_markup() {
        let page = read("<textarea name=a>\n&lt;/textarea&gt;<b>x</textarea>").expect("sound");
        assert_eq!(page.first("textarea").expect("it").raw_text(), "</textarea><b>x");
        assert!(page.first("b").is_none());
    }

    #[test]
    fn a_page_that_a_browser_would_repair_is_refused() {
        for broken in ["<p><div></p></div>", "<p>", "</p>", "<input name=a name=b>"] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
