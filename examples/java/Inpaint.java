import java.nio.file.Files;
import java.nio.file.Path;

public final class Inpaint {
    public static void main(String[] args) throws Exception {
        // A file "mask" would say what is to go, white on black; without it a watermark is looked for.
        var erased = Darkroom.call("POST", "/api/v1/remove-watermark?engine=classic",
                Darkroom.sample("image", "watermarked.jpg"));
        Files.write(Path.of("clean.png"), erased.body());
        System.out.println(erased.headers().firstValue("X-Watermark-Found").orElse(""));
    }
}
