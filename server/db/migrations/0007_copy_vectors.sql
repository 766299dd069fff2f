CREATE TABLE "copy_vectors" (
	"image_id" integer PRIMARY KEY NOT NULL,
	"owner" text,
	"embedding" vector(256) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "copy_vectors" ADD CONSTRAINT "copy_vectors_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
DROP INDEX "image_vectors_nearest";--> statement-breakpoint
INSERT INTO "copy_vectors" ("image_id", "owner", "embedding") SELECT v."image_id", i."owner", v."embedding"::vector(256) FROM "image_vectors" v JOIN "images" i ON i."id" = v."image_id" WHERE v."model" = 'darkroom-copies' AND vector_dims(v."embedding") = 256;--> statement-breakpoint
DELETE FROM "image_vectors" WHERE "model" = 'darkroom-copies' AND vector_dims("embedding") = 256;--> statement-breakpoint
CREATE INDEX "copy_vectors_owner" ON "copy_vectors" USING btree ("owner");--> statement-breakpoint
SET LOCAL maintenance_work_mem = '256MB';--> statement-breakpoint
CREATE INDEX "copy_vectors_nearest" ON "copy_vectors" USING hnsw ("embedding" vector_ip_ops) WITH (m=16,ef_construction=100);
