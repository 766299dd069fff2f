public final class Copies {
    public static void main(String[] args) throws Exception {
        var added = Darkroom.call("POST", "/api/v1/image",
                Darkroom.field("name", "page.jpg"),
                Darkroom.sample("file", "page.jpg"),
                Darkroom.field("model_name", "darkroom-copies"));
        var id = Darkroom.read(added, "id");

        Darkroom.until("status", "PROCESSED"::equals, () -> Darkroom.call("GET", "/api/v1/image/" + id));

        var found = Darkroom.call("POST", "/api/v1/image/search?limit=1", Darkroom.sample("file", "page-photo.jpg"));
        System.out.println(Darkroom.read(found, "verdict") + " " + Darkroom.read(found, "probability"));
    }
}
