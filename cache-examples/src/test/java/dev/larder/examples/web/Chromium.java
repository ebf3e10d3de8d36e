package dev.larder.examples.web;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user at a Chromium without a window, with a profile that nobody had before. Steps wait for the page that they lead to. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0",
            "--hide-scrollbars",
            "--window-size=560,480");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(180);

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Returns the program on the PATH, if there is one. */
    static Optional<Path> find() {
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path program) throws Exception {
        Path profile = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chromium")
                .toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(OPTIONS);
        command.add("--user-data-dir=" + profile);
        command.add("about:blank");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.log").toFile())
                .start();
        try {
            Chromium started = new Chromium(process, DevTools.connect(pageOf(portOf(profile, process))));
            await("the blank page", () -> started.isTrue("document.readyState === 'complete'"));
            return started;
        } catch (Exception | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Waits for the file in which it says at which port it can be told what to do. */
    private static int portOf(Path profile, Process process) throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        long start = System.nanoTime();
        while (!Files.exists(file) || Files.readString(file).indexOf('\n') < 0) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("Chromium did not start:\n"
                        + Files.readString(profile.resolve("output.log"), StandardCharsets.UTF_8));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Integer.parseInt(Files.readAllLines(file).get(0));
    }

    /** Waits for the page that it begins with, which can be later than the port. */
    private static URI pageOf(int port) throws Exception {
        AtomicReference<URI> found = new AtomicReference<>();
        await("a page", () -> {
            findPage(port).ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    private static Optional<URI> findPage(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        for (JsonNode target : JsonMapper.shared().readTree(answer)) {
            if (target.path("type").stringValue().equals("page")) {
                return Optional.of(
                        URI.create(target.path("webSocketDebuggerUrl").stringValue()));
            }
        }
        return Optional.empty();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException(what + " did not come");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    void open(URI page) throws Exception {
        leave(page.toString(), () -> tools.call("Page.navigate", Map.of("url", page.toString())));
    }

    /**
     * Does what leads to another page, and waits for that. The page that is left is marked: events do not tell which page they are of, and that of the
     * one before can be late, as the blank page itself can.
     */
    private void leave(String what, Callable<?> action) throws Exception {
        await("the page", () -> isTrue("window.isLeft = true"));
        action.call();
        await(
                "what follows " + what,
                () -> isTrue("!window.isLeft && location.protocol !== 'about:' && document.readyState === 'complete'"));
    }

    /** While one page takes the place of another, neither can be asked. */
    private boolean isTrue(String script) throws Exception {
        try {
            return evaluate(script).equals("true");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Types into a field of a form, by its name, as with a keyboard. */
    void type(String field, String text) throws Exception {
        evaluate("document.querySelector('input[name=" + field + "]').focus()");
        tools.call("Input.insertText", Map.of("text", text));
    }

    /** Presses a button, by its id, and waits for the page that comes. */
    void press(String button) throws Exception {
        leave(button, () -> evaluate("document.getElementById('" + button + "').click()"));
    }

    /** Returns the text of an element, by its id; none if there is no such element. */
    String text(String id) throws Exception {
        return evaluate("document.getElementById('" + id + "')?.innerText ?? 'none'");
    }

    /** Returns the path of the page that is shown. */
    String path() throws Exception {
        return evaluate("location.pathname");
    }

    /** Returns what scripts of the page see of its cookies. */
    String cookiesSeenByScripts() throws Exception {
        return evaluate("document.cookie");
    }

    private String evaluate(String script) throws Exception {
        JsonNode answer = tools.call("Runtime.evaluate", Map.of("expression", script));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(script + " failed: " + answer);
        }
        return answer.path("result").path("value").asString("");
    }

    void saveScreenshot(Path file) throws Exception {
        JsonNode answer = tools.call("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(file, Base64.getDecoder().decode(answer.path("data").stringValue()));
    }

    @Override
    public void close() throws InterruptedException {
        tools.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
