-- The role that moves the database while its environment is promoted; may run any number of times. Only members of terrace_remote may come over the
-- network. It owns nothing of the app; as a member of app_owner it may publish the tables, and with the admin option hold the app's login back.
set log_min_duration_statement = -1;
select 'create role terrace_mover' where not exists (select from pg_roles where rolname = 'terrace_mover') \gexec
alter role terrace_mover login replication createrole password :'mover';
grant terrace_remote, app_owner, pg_signal_backend, pg_monitor to terrace_mover;
grant app to terrace_mover with admin option;
grant create on database app to terrace_mover;
-- PostgreSQL 16 and later: the way back is a subscription of this side.
select 'grant pg_create_subscription to terrace_mover' from pg_roles where rolname = 'pg_create_subscription' \gexec
