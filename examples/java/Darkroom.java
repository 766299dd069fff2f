import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the examples share: one call of the API, with the key and the files. */
final class Darkroom {
    private static final String SERVER = env("DARKROOM_SERVER", "http://127.0.0.1:8080");
    private static final Path SAMPLES = Path.of(env("DARKROOM_SAMPLES", "public/samples"));
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A text or a file of a form; the name of a text's file is null. */
    record Part(String name, String file, byte[] content) {}

    interface Ask {
        HttpResponse<byte[]> now() throws IOException, InterruptedException;
    }

    static Part field(String name, String text) {
        return new Part(name, null, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A sample picture to send. */
    static Part sample(String name, String sample) throws IOException {
        return new Part(name, sample, Files.readAllBytes(SAMPLES.resolve(sample)));
    }

    /** Sends a form, where there are parts. */
    static HttpResponse<byte[]> call(String method, String path, Part... parts)
            throws IOException, InterruptedException {
        var boundary = UUID.randomUUID().toString();
        var body = parts.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(form(parts, boundary));
        var request = HttpRequest.newBuilder(URI.create(SERVER + path)).method(method, body);
        if (parts.length > 0) request.header("Content-Type", "multipart/form-data; boundary=" + boundary);
        if (System.getenv("DARKROOM_KEY") != null) request.header("X-API-Key", System.getenv("DARKROOM_KEY"));
        var answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 400) throw new IOException(answer.statusCode() + ": " + new String(answer.body()));
        return answer;
    }

    private static byte[] form(Part[] parts, String boundary) throws IOException {
        var form = new ByteArrayOutputStream();
        for (var part : parts) {
            var file = part.file() == null ? "" : "; filename=\"" + part.file() + "\"";
            var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name() + "\"" + file;
            form.write((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            form.write(part.content());
            form.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    /** A field of a JSON answer, as text; a program of your own has a library for that. */
    static String read(HttpResponse<byte[]> answer, String name) {
        var json = new String(answer.body(), StandardCharsets.UTF_8);
        var found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return found.find() ? found.group(1) : null;
    }

    /** Asks again and again until the field has such a value. */
    static HttpResponse<byte[]> until(String name, Predicate<String> isDone, Ask ask)
            throws IOException, InterruptedException {
        for (;;) {
            var answer = ask.now();
            if (isDone.test(read(answer, name))) return answer;
            Thread.sleep(300);
        }
    }

    private static String env(String name, String otherwise) {
        var value = System.getenv(name);
        return value == null ? otherwise : value;
    }

    private Darkroom() {}
}
