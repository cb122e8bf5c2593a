-- Takes away the role that moves the database (mover.sql); may run any number of times. What it has made for moving is gone before: the engine takes
-- that away itself. Where something of it is left, the role stays and may do nothing.
set log_min_duration_statement = -1;
do $do$ begin
  if exists (select from pg_roles where rolname = 'terrace_mover') then
    revoke create on database app from terrace_mover;
    drop role terrace_mover;
  end if;
exception when dependent_objects_still_exist then
  alter role terrace_mover nologin noreplication nocreaterole password null;
end $do$;
