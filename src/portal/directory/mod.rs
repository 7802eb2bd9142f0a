//! Find a partner: the directory as customers search it, and each partner's page there. What is kept
//! and how it is found is in [`crate::directory`].

pub mod pages;
