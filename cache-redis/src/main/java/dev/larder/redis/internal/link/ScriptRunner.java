package dev.larder.redis.internal.link;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs scripts on a server. */
@FunctionalInterface
public interface ScriptRunner {

    /** Starts a script with one key; its answer is a list. */
    CompletableFuture<List<Object>> start(Script script, byte[] key, byte[]... arguments);
}
