public final class Faces {
    public static void main(String[] args) throws Exception {
        var face = Darkroom.call("POST", "/embed?include_attributes=true", Darkroom.sample("file", "face.jpg"));
        System.out.println(Darkroom.read(face, "embedding_dim") + " " + Darkroom.read(face, "age"));

        var compared = Darkroom.call("POST", "/api/v1/faces/compare?false_match_rate=0.001",
                Darkroom.sample("file1", "face.jpg"),
                Darkroom.sample("file2", "portrait.jpg"));
        System.out.println(Darkroom.read(compared, "cosine") + " " + Darkroom.read(compared, "same_person"));
    }
}
