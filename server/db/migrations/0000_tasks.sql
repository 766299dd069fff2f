CREATE TABLE "tasks" (
	"uid" uuid PRIMARY KEY NOT NULL,
	"tool" text NOT NULL,
	"params" json NOT NULL,
	"inputs" json NOT NULL,
	"owner" text,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"progress" json,
	"result" json,
	"error" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "tasks_newest" ON "tasks" USING btree ("created_at" desc,"uid");--> statement-breakpoint
CREATE INDEX "tasks_state" ON "tasks" USING btree ("state","ended_at");