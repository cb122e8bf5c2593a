-- The roles of the self-hosted database; may run any number of times. A role that exists keeps its right to log in or not: a promotion takes it
-- away to fence the database. The app owns nothing itself, so that taking the login away is enough: all it makes belongs to app_owner.
set log_min_duration_statement = -1;
select format('create role %I %s', name, kind) from (values ('app_owner', 'nologin'), ('terrace_remote', 'nologin'), ('app', 'login')) as wanted (name, kind)
  where not exists (select from pg_roles where rolname = name) \gexec
alter role app password :'password';
grant app_owner to app;
alter role app in database app set role = 'app_owner';
alter database app owner to app_owner;
alter schema public owner to app_owner;
