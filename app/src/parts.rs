//! Markup that pages share. A part takes plain values, already in words, and gives complete HTML; the classes are
//! explained at the head of the part's file in `style/parts`.

pub mod badge;
pub mod button;
pub mod diff;
pub mod empty;
pub mod field;
pub mod findings;
pub mod form;
pub mod letter;
pub mod menu;
pub mod money;
pub mod notice;
pub mod page_head;
pub mod pager;
pub mod problem_summary;
pub mod route;
pub mod section;
pub mod status;
pub mod steps;
pub mod terms_table;
pub mod text_area;
pub mod timeline;
pub mod wording;

pub use badge::{Badge, BadgeKind};
pub use button::{Button, ButtonKind, ButtonRow, LinkButton};
pub use diff::{Diff, DiffRow};
pub use empty::Empty;
pub use field::{Choice, Control, Field, FieldSet, field_id};
pub use findings::{FindingRow, Findings};
pub use form::Form;
pub use letter::LetterSheet;
pub use menu::{Menu, MenuItem};
pub use money::Amount;
pub use notice::{Notice, NoticeKind};
pub use page_head::{Crumb, PageHead};
pub use pager::Pager;
pub use problem_summary::{FormProblem, ProblemSummary};
pub use route::{Route, RouteOut, RouteStep, WaitingOn};
pub use section::Section;
pub use status::Status;
pub use steps::{StepLink, StepState, Steps};
pub use terms_table::{TermRow, TermState, TermsGroup, TermsTable};
pub use text_area::TextArea;
pub use timeline::{EntryKind, Timeline, TimelineEntry};
pub use wording::Wording;
