//! Which text is read?

pub mod bytes;
