package dev.larder.redis.internal.link;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs scripts on a server. */
@FunctionalInterface
public interface ScriptRunner {

    /** Starts a script with one key; its answer is a list. */
    CompletableFuture<List<Object>> start(Script script, byte[] key, byte[]... arguments);

    /** Returns what runs scripts that write for an operation, and is answered when its writes are acknowledged as the settings ask. */
    default ScriptRunner within(Calls operation) {
        return this;
    }
}
