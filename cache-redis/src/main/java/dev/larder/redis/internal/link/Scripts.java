package dev.larder.redis.internal.link;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs scripts by their digest, and sends the text to a server that does not know it yet. */
public final class Scripts implements ScriptRunner {

    private final Link link;

    /** Creates what runs scripts over a link. */
    public Scripts(Link link) {
        this.link = link;
    }

    @Override
    public CompletableFuture<List<Object>> start(Script script, byte[] key, byte[]... arguments) {
        RedisClusterAsyncCommands<byte[], byte[]> commands = link.commands();
        CompletableFuture<List<Object>> known = commands.<List<Object>>evalsha(
                        script.digest(), ScriptOutputType.MULTI, new byte[][] {key}, arguments)
                .toCompletableFuture();
        return known.exceptionallyCompose(failure -> isUnknown(failure)
                ? commands.<List<Object>>eval(script.text(), ScriptOutputType.MULTI, new byte[][] {key}, arguments)
                : CompletableFuture.failedFuture(failure));
    }

    @Override
    public ScriptRunner within(Calls operation) {
        return new Scripts(operation.writers());
    }

    private static boolean isUnknown(@Nullable Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure != null && failure.getCause() instanceof RedisNoScriptException);
    }
}
