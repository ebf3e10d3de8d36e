package dev.larder.redis.internal.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears. */
final class Heard implements Subscriber {

    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void subscribed(byte[] channel) {
        begun.add(text(channel));
    }

    @Override
    public void message(byte[] channel, byte[] message) {
        messages.add(text(channel) + " " + text(message));
    }

    /** Returns how often it was told that messages of a channel come from now on. */
    long begun(String channel) {
        return begun.stream().filter(channel::equals).count();
    }

    /** Returns channels and messages, with a space between them. */
    List<String> messages() {
        return messages;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
