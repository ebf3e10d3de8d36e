package dev.larder.examples.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol by which a page of Chromium is told what to do: calls with a number, and answers with the same. */
final class DevTools implements WebSocket.Listener, AutoCloseable {

    private static final int PATIENCE_SECONDS = 180;

    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final StringBuilder message = new StringBuilder();
    private @Nullable WebSocket socket;

    private DevTools() {}

    static DevTools connect(URI page) throws Exception {
        DevTools tools = new DevTools();
        tools.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, tools)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return tools;
    }

    /** Calls a method, and returns its result. */
    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(number, answer);
        socket().sendText(
                        JsonMapper.shared()
                                .writeValueAsString(Map.of("id", number, "method", method, "params", parameters)),
                        true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode received = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (received.has("error")) {
            throw new IllegalStateException(method + " failed: " + received.path("error"));
        }
        return received.path("result");
    }

    private WebSocket socket() {
        WebSocket connected = socket;
        if (connected == null) {
            throw new IllegalStateException("not connected");
        }
        return connected;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        message.append(part);
        if (isLast) {
            JsonNode received = JsonMapper.shared().readTree(message.toString());
            message.setLength(0);
            accept(received);
        }
        from.request(1);
        return null;
    }

    private void accept(JsonNode received) {
        CompletableFuture<JsonNode> awaited = answers.remove(received.path("id").asInt(0));
        if (awaited != null) {
            awaited.complete(received);
        }
    }

    @Override
    public void close() {
        socket().abort();
    }
}
