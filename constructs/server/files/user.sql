-- The app's user in a database whose platform makes only its owner; may run any number of times.
select format('create role %I login', :'app') where not exists (select from pg_roles where rolname = :'app') \gexec
alter role :"app" password :'password';
