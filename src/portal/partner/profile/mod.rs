//! A partner's own profile in the directory. What is kept and how it is found is in
//! [`crate::directory`].

pub mod pages;
