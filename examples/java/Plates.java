import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

public final class Plates {
    public static void main(String[] args) throws Exception {
        var sent = Darkroom.call("POST", "/api/v1/process-task",
                Darkroom.sample("files", "car.jpg"),
                Darkroom.field("style", "blur"),
                Darkroom.field("format", "jpeg"));
        var taskId = Darkroom.read(sent, "task_id");

        var task = Darkroom.until("status", List.of("completed", "failed")::contains,
                () -> Darkroom.call("GET", "/api/v1/task-status/" + taskId));

        var filename = Darkroom.read(task, "filename");
        var photo = Darkroom.call("GET", "/tasks_storage/" + taskId + "/output/" + filename);
        Files.write(Path.of(filename), photo.body());
        System.out.println(filename);
    }
}
