//! Files to import come in here: as `multipart/form-data`, which no server function takes. They are kept for the page that shows what they would
//! do; nothing of them is imported.

use app::desk::{Answer, Browser, SharedDesk, Upload, Viewer};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use offer::import::ImportKind;

use crate::exchange::UPLOAD_BYTES_MAX;

const PAGE: &str = "/admin/imports";
/// The longest name of a file that is kept, in characters.
const NAME_CHARACTERS_MAX: usize = 120;

/// Why files are not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotTaken {
    TooLarge,
    NoFile,
    NotWhole,
}

impl NotTaken {
    const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::NoFile => "no-file",
            Self::NotWhole => "not-whole",
        }
    }
}

impl From<MultipartError> for NotTaken {
    fn from(_: MultipartError) -> Self {
        Self::NotWhole
    }
}

/// Where files are sent.
pub(super) fn routes(desk: SharedDesk) -> Router {
    // files are counted as they come; see `files`
    Router::new().route("/api/imports/look", post(look)).layer(DefaultBodyLimit::disable()).layer(Extension(desk))
}

async fn look(
    Extension(desk): Extension<SharedDesk>,
    Extension(viewer): Extension<Viewer>,
    Extension(browser): Extension<Browser>,
    request: Request,
) -> Response {
    // nobody's bytes are read who may not bring anything in
    match desk.imports(&viewer, &browser, None, None).await {
        Answer::Done(_) => {}
        other => return refused(&other),
    }
    let uploads = match Multipart::from_request(request, &()).await {
        Ok(form) => files(form).await,
        Err(_) => Err(NotTaken::NotWhole),
    };
    match uploads {
        Ok(uploads) => match desk.look_at_imports(&viewer, &browser, uploads).await {
            Answer::Done(id) => Redirect::to(&format!("{PAGE}?look={id}")).into_response(),
            other => refused(&other),
        },
        Err(why) => Redirect::to(&format!("{PAGE}?came={}", why.code())).into_response(),
    }
}

fn refused<T>(answer: &Answer<T>) -> Response {
    match answer {
        Answer::SignIn => Redirect::to(&format!("/sign-in?to={PAGE}")).into_response(),
        Answer::Done(_) | Answer::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Answer::Problems(_) | Answer::Refused(_) => StatusCode::FORBIDDEN.into_response(),
        Answer::NotFound => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The files of a form. What is too large is read to its end and thrown away: a browser that is cut off shows no answer.
async fn files(mut form: Multipart) -> Result<Vec<Upload>, NotTaken> {
    let (mut uploads, mut chosen, mut bytes_read) = (Vec::new(), None, 0_usize);
    while let Some(mut field) = form.next_field().await? {
        let name = field.file_name().map(own_name);
        let is_file = field.name() == Some("files");
        let mut bytes = Vec::new();
        while let Some(part) = field.chunk().await? {
            bytes_read = bytes_read.saturating_add(part.len());
            if bytes_read <= UPLOAD_BYTES_MAX {
                bytes.extend_from_slice(&part);
            }
        }
        match (is_file, name) {
            // a box without a file sends one without a name
            (true, Some(name)) if !(name.is_empty() && bytes.is_empty()) => uploads.push(Upload { name, chosen: None, bytes }),
            (true, _) => {}
            (false, _) => chosen = std::str::from_utf8(&bytes).ok().and_then(ImportKind::parse),
        }
    }
    if bytes_read > UPLOAD_BYTES_MAX {
        return Err(NotTaken::TooLarge);
    }
    if uploads.is_empty() {
        return Err(NotTaken::NoFile);
    }
    Ok(uploads.into_iter().map(|upload| Upload { chosen, ..upload }).collect())
}

/// The name of a file without its folders.
fn own_name(name: &str) -> String {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    own.chars().filter(|c| !c.is_control()).take(NAME_CHARACTERS_MAX).collect()
}
