//! What happened, and when.

use leptos::prelude::*;

use super::{Diff, DiffRow};

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EntryKind {
    /// Something happened.
    #[default]
    Event,
    /// Somebody put their name to it.
    Signed,
    /// Something was refused or ended.
    Stopped,
    /// Somebody said something.
    Said,
}

impl EntryKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Signed => "signed",
            Self::Stopped => "stopped",
            Self::Said => "said",
        }
    }
}

/// One line of a history, in words.
#[derive(Debug)]
pub enum TimelineEntry {
    /// A heading between the lines: a stage, and the days in it.
    Stage(String),
    /// Something that happened.
    Happened {
        /// What kind of thing.
        kind: EntryKind,
        /// The instant, as RFC 3339.
        at: String,
        /// The instant, in words.
        at_text: String,
        /// What happened.
        what: String,
        /// Who did it, and on whose behalf.
        who: Option<String>,
        /// The terms that changed with it.
        changes: Vec<DiffRow>,
        /// What was said.
        said: Option<String>,
        /// Where more of it stands: address and words.
        link: Option<(String, String)>,
    },
}

/// What happened, in the order given.
#[component]
pub fn Timeline(
    /// The lines.
    entries: Vec<TimelineEntry>,
) -> impl IntoView {
    view! { <ol class="timeline">{entries.into_iter().map(line).collect_view()}</ol> }
}

fn line(entry: TimelineEntry) -> AnyView {
    match entry {
        TimelineEntry::Stage(text) => view! { <li class="timeline-stage">{text}</li> }.into_any(),
        TimelineEntry::Happened { kind, at, at_text, what, who, changes, said, link } => {
            let link = link.map(|(href, text)| view! { <p class="timeline-more"><a href=href>{text}</a></p> });
            let changes = (!changes.is_empty()).then(|| view! { <div class="timeline-more"><Diff rows=changes/></div> });
            view! {
                <li class="timeline-item" data-kind=kind.code()>
                    <time class="timeline-when" datetime=at>{at_text}</time>
                    <p class="timeline-what">{what}</p>
                    {who.map(|who| view! { <p class="timeline-who">{who}</p> })}
                    {said.map(|said| view! { <p class="timeline-more comment-text">{said}</p> })}
                    {changes}
                    {link}
                </li>
            }
            .into_any()
        }
    }
}
