//! A mail in parts, and the MIME message it becomes.

use std::{
    fmt,
    time::{Duration, UNIX_EPOCH},
};

use lettre::{
    Address, Message,
    message::{
        Attachment as MimeAttachment, Mailbox as MimeMailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use serde::{Deserialize, Serialize};

/// Somebody with an address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mailbox {
    /// The name to show, if there is one.
    pub(crate) name: Option<String>,
    /// The address.
    pub(crate) address: String,
}

/// One piece of the text, in the caller's words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub(crate) enum Part {
    /// The first line of the HTML.
    Heading {
        /// The words.
        text: String,
    },
    /// A paragraph; line breaks are kept.
    Paragraph {
        /// The words.
        text: String,
    },
    /// A link on its own line, with its address in full in the text part.
    Link {
        /// The words of the link.
        label: String,
        /// Where it leads; `https://` or `http://` only.
        url: String,
    },
    /// A code to copy.
    Code {
        /// The code.
        code: String,
    },
    /// Names and values, one pair a line.
    Facts {
        /// The pairs.
        rows: Vec<(String, String)>,
    },
    /// Small print at the end.
    Footer {
        /// The words.
        text: String,
    },
}

/// A file that goes along.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attachment {
    /// Its name: `offer.pdf`.
    pub(crate) name: String,
    /// Its type: `application/pdf`.
    pub(crate) media_type: String,
    /// Its bytes; loaded at handing over, so that the queued row stays small.
    #[serde(skip)]
    pub(crate) bytes: Vec<u8>,
    /// Where the desk finds the bytes.
    pub(crate) digest: String,
}

// a mail holds names, links, codes and figures; a log gets none of them
impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").finish_non_exhaustive()
    }
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({} parts, {} attachments)", self.parts.len(), self.attachments.len())
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attachment({} bytes)", self.bytes.len()) // a name may be a person's
    }
}

/// A mail in parts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// The firm.
    pub(crate) from: Mailbox,
    /// Who reads the answer.
    pub(crate) reply_to: Option<Mailbox>,
    /// The one receiver.
    pub(crate) to: Mailbox,
    /// The subject line.
    pub(crate) subject: String,
    /// The language of the words: `en`.
    pub(crate) language: String,
    /// The text.
    pub(crate) parts: Vec<Part>,
    /// Files that go along.
    pub(crate) attachments: Vec<Attachment>,
}

/// Why a mail cannot be made into a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MailFault {
    /// An address is none.
    Address,
    /// A line break or another control character where a header would be.
    ControlCharacter,
    /// A link that is not `https://` or `http://`.
    Link,
    /// The type of an attachment is none.
    MediaType,
    /// The message library refused.
    Message,
}

impl fmt::Display for MailFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MailFault::Address => "an address of the mail is none",
            MailFault::ControlCharacter => "a control character in a header of the mail",
            MailFault::Link => "a link of the mail is not http",
            MailFault::MediaType => "an attachment of the mail has no type",
            MailFault::Message => "the mail cannot be made into a message",
        })
    }
}

impl std::error::Error for MailFault {}

impl Mail {
    /// The MIME message: text and HTML of the same parts, then the attachments.
    ///
    /// `id` becomes the Message-ID and is the same at every attempt; `at` the date, microseconds UTC.
    pub(crate) fn message(&self, id: &str, at: i64) -> Result<Message, MailFault> {
        let domain = self.from.address.rsplit('@').next().unwrap_or_default();
        let date = UNIX_EPOCH + Duration::from_micros(u64::try_from(at).unwrap_or(0));
        let mut builder = Message::builder()
            .message_id(Some(format!("<{}@{}>", one_line(id)?, one_line(domain)?)))
            .date(date)
            .from(self.from.mime()?)
            .to(self.to.mime()?)
            .subject(one_line(&self.subject)?)
            .header(AutoSubmitted);
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.mime()?);
        }
        let words = MultiPart::alternative_plain_html(self.text()?, self.html()?);
        if self.attachments.is_empty() {
            return builder.multipart(words).map_err(|_| MailFault::Message);
        }
        let mut mixed = MultiPart::mixed().multipart(words);
        for attachment in &self.attachments {
            mixed = mixed.singlepart(attachment.mime()?);
        }
        builder.multipart(mixed).map_err(|_| MailFault::Message)
    }

    fn text(&self) -> Result<String, MailFault> {
        let mut text = String::new();
        for part in &self.parts {
            let block = match part {
                Part::Heading { text } | Part::Paragraph { text } => text.clone(),
                Part::Link { label, url } => format!("{label}:\n{}", http(url)?),
                Part::Code { code } => format!("    {code}"),
                Part::Facts { rows } => rows.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n"),
                Part::Footer { text } => format!("-- \n{text}"),
            };
            text.push_str(&block);
            text.push_str("\n\n");
        }
        Ok(text)
    }

    fn html(&self) -> Result<String, MailFault> {
        let mut body = String::new();
        for part in &self.parts {
            body.push_str(&match part {
                Part::Heading { text } => format!("<h1 style=\"font-size:20px;margin:0 0 16px\">{}</h1>", escaped(text)),
                Part::Paragraph { text } => format!("<p>{}</p>", escaped(text)),
                Part::Link { label, url } => format!("<p><a href=\"{}\">{}</a></p>", escaped(http(url)?), escaped(label)),
                Part::Code { code } => format!("<p style=\"font:24px monospace;letter-spacing:4px\">{}</p>", escaped(code)),
                Part::Facts { rows } => {
                    let rows: String = rows.iter().map(|(name, value)| fact(name, value)).collect();
                    format!("<table>{rows}</table>")
                }
                Part::Footer { text } => format!("<p style=\"font-size:13px;color:#555\">{}</p>", escaped(text)),
            });
            body.push('\n');
        }
        Ok(format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
             <body style=\"font:16px/1.5 sans-serif;max-width:600px;margin:0 auto;padding:16px\">\n{body}</body></html>\n",
            escaped(&self.language),
            escaped(&self.subject),
        ))
    }
}

fn fact(name: &str, value: &str) -> String {
    format!("<tr><th scope=\"row\" style=\"text-align:left;padding:2px 16px 2px 0\">{}</th><td>{}</td></tr>", escaped(name), escaped(value))
}

impl Mailbox {
    fn mime(&self) -> Result<MimeMailbox, MailFault> {
        let address: Address = one_line(&self.address)?.parse().map_err(|_| MailFault::Address)?;
        let name = self.name.as_deref().map(one_line).transpose()?;
        Ok(MimeMailbox::new(name.map(str::to_owned), address))
    }
}

impl Attachment {
    fn mime(&self) -> Result<SinglePart, MailFault> {
        let media_type = ContentType::parse(one_line(&self.media_type)?).map_err(|_| MailFault::MediaType)?;
        Ok(MimeAttachment::new(one_line(&self.name)?.to_owned()).body(self.bytes.clone(), media_type))
    }
}

/// What goes into a header has no line breaks: nobody adds a header of their own.
fn one_line(text: &str) -> Result<&str, MailFault> {
    if text.chars().any(char::is_control) { Err(MailFault::ControlCharacter) } else { Ok(text) }
}

fn http(url: &str) -> Result<&str, MailFault> {
    let is_http = url.starts_with("https://") || url.starts_with("http://");
    if is_http && !url.contains(|character: char| character.is_whitespace() || character.is_control()) {
        Ok(url)
    } else {
        Err(MailFault::Link)
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("<br>"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Tells automatic answers to stay away (RFC 3834).
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
