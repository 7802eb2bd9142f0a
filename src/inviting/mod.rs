//! Invitations as a partner makes them: made, sent again, taken back. What the command line, the
//! partner's workspace and the customer's answer have in common; who answers and how is the
//! customer's side and stays in `portal/invitations`.

pub mod addressee;
pub mod create;
pub mod held;
mod letter;
pub mod quota;
pub mod resend;
mod sender;
pub mod token;
pub mod withdraw;
