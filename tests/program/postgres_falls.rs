//! Postgres that ends in the middle of work.

use std::{collections::BTreeSet, thread};

use super::{
    SOON, any,
    clients::{Clients, Until},
    crowd::{Crowd, Waiting},
    times, waits_until,
    whole::{is_kept, is_whole, verifies},
};
use crate::support::{cluster::Cluster, program::Program};

/// How many invitations wait whenever it falls.
const ENOUGH: usize = 160;

#[test]
fn a_postgres_that_falls_while_eight_accept_is_found_again_and_nothing_is_lost() {
    let falls = times("ENTENTE_TEST_FALLS", 8);
    let mut cluster = Cluster::starts();
    let mut crowd = Crowd::gathers(cluster.with_cast());
    let program = Program::serve(&crowd.db);
    let cookies = Crowd::signs_in(&program);
    let mut open: Vec<Waiting> = Vec::new();
    let mut acknowledged = BTreeSet::new();
    for fall in 0..falls {
        crowd.publishes();
        let missing = ENOUGH.saturating_sub(open.len());
        open.extend(crowd.invites(missing));
        let clients = Clients::of(&crowd, &cookies, &[program.address], open);
        clients.work(8, Until::MeanwhileIsDone, || {
            thread::sleep(any(30, 350));
            if fall % 2 == 0 {
                cluster.stops_at_once();
            } else {
                cluster.is_killed();
            }
            thread::sleep(any(0, 300));
            cluster.starts_again();
            waits_until("served again", SOON, || {
                let page = program.gets("/billing/invitations", &cookies[0]);
                page.is_some_and(|page| page.status == 200)
            });
            clients.reaches_more_than(clients.acknowledged());
        });
        let told = clients.told.into_inner().unwrap();
        assert!(told.odd.is_empty(), "{:#?}\n{:#?}", told.odd, program.log());
        acknowledged.extend(told.acknowledged);
        open = clients.waiting.into_inner().unwrap().into();
        is_whole(&crowd.db);
        is_kept(&crowd.db, &acknowledged);
        eprintln!(
            "fall {fall}: {:?}, {} acknowledged",
            told.statuses,
            acknowledged.len()
        );
    }
    verifies(&crowd.db);
}
