//! The rules of the playbook document.

mod builders;
mod publication;
mod text;
