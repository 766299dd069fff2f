-- Every change of a task is announced, by whatever process made it: watchers and workers listen.
CREATE FUNCTION announce_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tasks', NEW.state || ' ' || NEW.uid);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER task_changes AFTER INSERT OR UPDATE ON "tasks" FOR EACH ROW EXECUTE FUNCTION announce_task();
