import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

public final class Match {
    public static void main(String[] args) throws Exception {
        var sent = Darkroom.call("POST", "/api/v1/match/template",
                Darkroom.sample("image", "folder.png"),
                Darkroom.sample("template", "folder-part.png"),
                Darkroom.field("threshold", "0.9"));
        var uid = Darkroom.read(sent, "uid");

        var task = Darkroom.until("status", List.of("done", "error")::contains,
                () -> Darkroom.call("GET", "/api/v1/tasks/" + uid));

        System.out.println(Darkroom.read(task, "matches_found"));
        var picture = Darkroom.call("GET", "/results/" + uid + "/matches.png");
        Files.write(Path.of("matches.png"), picture.body());
    }
}
