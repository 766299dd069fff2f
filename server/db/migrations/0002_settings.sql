CREATE TABLE "settings" (
	"tool" text PRIMARY KEY NOT NULL,
	"params" json NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
