-- The rights of the app in a managed database; may run any number of times. Its provider makes users without any, and since PostgreSQL 15 (release
-- notes, E.1.2: "Remove PUBLIC creation permission on the public schema") such a user can make no table.
select format('grant all on database %I to %I', current_database(), :'app') \gexec
select format('grant all on schema public to %I', :'app') \gexec
