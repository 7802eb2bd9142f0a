//! Looks at what the log gets while a test goes on.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{TestApp, cast::Persona, db::Backend};

/// What is new since it was last asked.
pub struct Watch<'a> {
    app: &'a TestApp,
    events: BTreeSet<String>,
}

impl<'a> Watch<'a> {
    /// Watches from now on.
    pub fn of(app: &'a TestApp) -> Self {
        let mut watch = Self {
            app,
            events: BTreeSet::new(),
        };
        watch.fresh();
        watch
    }

    fn fresh(&mut self) -> Vec<Value> {
        let events = self.app.db().ask("SELECT canonical AS answer FROM events");
        let events: BTreeSet<String> = events.into_iter().collect();
        let fresh = events.difference(&self.events);
        let fresh = fresh
            .map(|text| serde_json::from_str(text).unwrap())
            .collect();
        self.events = events;
        fresh
    }

    /// What is personal about who acted: the row that an event commits to.
    fn about(&self, event: &Value) -> Value {
        let commitment = event["personal"]["actor"].as_str().unwrap();
        let column = match self.app.db().backend {
            Backend::Sqlite => "lower(hex(commitment))",
            Backend::Postgres => "encode(commitment, 'hex')",
        };
        let data = self.app.db().ask(&format!(
            "SELECT data AS answer FROM personal_data WHERE {column} = '{commitment}'"
        ));
        assert_eq!(data.len(), 1, "{event:#}");
        serde_json::from_str(&data[0]).unwrap()
    }

    /// The new events, of which the one that Entente wrote by itself is left out.
    pub fn beside(&mut self, by_itself: &str) {
        let own = |event: &Value| {
            event["kind"] == by_itself && event["actor"] == json!({ "kind": "entente" })
        };
        let fresh = self.fresh();
        assert_eq!(fresh.iter().filter(|event| own(event)).count(), 1);
        let theirs = fresh.iter().filter(|event| !own(event));
        for event in theirs {
            self.events.retain(|text| {
                serde_json::from_str::<Value>(text).is_ok_and(|kept| kept != *event)
            });
        }
    }

    /// The one new event, with who acted, for whom, where from, when and by which request.
    pub fn one(&mut self, kind: &str, outcome: &str, by: Persona) -> Value {
        let new = self.fresh();
        assert_eq!(new.len(), 1, "{kind} by {by:?}: {new:#?}");
        let (event, about) = (&new[0], self.about(&new[0]));
        let (person, world) = (self.app.world().person(by), self.app.world());
        let (side, behalf, tenant) = match by {
            Persona::Stranger => (
                "tenant",
                json!({ "tenant": world.other.id }),
                json!(world.other.id),
            ),
            Persona::AdminAgent => ("partner", json!({ "partner": world.p.id }), Value::Null),
            Persona::Operator => ("operator", json!({ "operator": true }), Value::Null),
            _ => (
                "tenant",
                json!({ "tenant": world.own.id }),
                json!(world.own.id),
            ),
        };
        assert_eq!(event["kind"], kind, "{event:#}");
        assert_eq!(event["outcome"], outcome, "{event:#}");
        assert_eq!(event["actor"]["person"], person.id.to_string(), "{event:#}");
        assert_eq!(
            event["actor"]["membership"],
            person.membership.to_string(),
            "{event:#}"
        );
        assert_eq!(event["actor"]["side"], side, "{event:#}");
        assert_eq!(event["actor"]["on_behalf_of"], behalf, "{event:#}");
        assert_eq!(event["tenant"], tenant, "{event:#}");
        assert!(
            event["at"].as_str().unwrap().ends_with(".000000Z"),
            "{event:#}"
        );
        assert_eq!(event["request"].as_str().unwrap().len(), 36, "{event:#}");
        assert!(event["number"].as_i64().unwrap() > 0, "{event:#}");
        assert!(
            !event["facts"].as_object().unwrap().is_empty(),
            "nothing says on what: {event:#}"
        );
        let told = |name: &str| about[name].as_str().unwrap_or_default().to_owned();
        assert_eq!(told("email"), person.email, "{kind}");
        assert_eq!(
            (told("client_address"), told("peer_address")),
            ("192.0.2.10".to_owned(), "192.0.2.10".to_owned())
        );
        event.clone()
    }
}
