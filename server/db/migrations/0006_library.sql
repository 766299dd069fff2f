CREATE TABLE "image_bands" (
	"image_id" integer NOT NULL,
	"band" smallint NOT NULL,
	"key" integer NOT NULL,
	CONSTRAINT "image_bands_band_key_image_id_pk" PRIMARY KEY("band","key","image_id")
);
--> statement-breakpoint
CREATE TABLE "image_links" (
	"a" integer NOT NULL,
	"b" integer NOT NULL,
	"verdict" text NOT NULL,
	"probability" double precision NOT NULL,
	"evidence" json,
	"ignored" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "image_links_a_b_pk" PRIMARY KEY("a","b")
);
--> statement-breakpoint
CREATE TABLE "image_vectors" (
	"image_id" integer NOT NULL,
	"model" text NOT NULL,
	"embedding" vector NOT NULL,
	CONSTRAINT "image_vectors_image_id_model_pk" PRIMARY KEY("image_id","model")
);
--> statement-breakpoint
CREATE TABLE "images" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "images_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"owner" text,
	"name" text NOT NULL,
	"status" text DEFAULT 'UPLOADED' NOT NULL,
	"model_name" text NOT NULL,
	"path" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"pdq" text,
	"pdq_quality" integer,
	"labels" json,
	"group_id" integer,
	"claims" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	CONSTRAINT "images_path_unique" UNIQUE("path")
);
--> statement-breakpoint
ALTER TABLE "image_bands" ADD CONSTRAINT "image_bands_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_links" ADD CONSTRAINT "image_links_a_images_id_fk" FOREIGN KEY ("a") REFERENCES "public"."images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_links" ADD CONSTRAINT "image_links_b_images_id_fk" FOREIGN KEY ("b") REFERENCES "public"."images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_vectors" ADD CONSTRAINT "image_vectors_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "image_bands_image" ON "image_bands" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "image_links_b" ON "image_links" USING btree ("b");--> statement-breakpoint
CREATE INDEX "images_waiting" ON "images" USING btree ("model_name","status","id");--> statement-breakpoint
CREATE INDEX "images_of_owner" ON "images" USING btree ("owner","status","id");--> statement-breakpoint
CREATE INDEX "images_group" ON "images" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "images_sha256" ON "images" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "image_vectors_nearest" ON "image_vectors" USING hnsw (("embedding"::vector(256)) vector_cosine_ops) WITH (m = 16, ef_construction = 100) WHERE "model" = 'darkroom-copies' AND vector_dims("embedding") = 256;
