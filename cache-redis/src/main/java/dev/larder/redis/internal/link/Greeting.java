package dev.larder.redis.internal.link;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.GenericMapOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself. It is asked by HELLO, since ROLE and INFO are for administrators.
 *
 * @param mode standalone, cluster or sentinel
 * @param role master or replica; a sentinel has none
 */
record Greeting(String mode, String role) {

    static CompletableFuture<Greeting> of(StatefulRedisConnection<byte[], byte[]> connection) {
        ByteArrayCodec codec = ByteArrayCodec.INSTANCE;
        return connection
                .async()
                .dispatch(CommandType.HELLO, new GenericMapOutput<>(codec), new CommandArgs<>(codec))
                .toCompletableFuture()
                .thenApply(Greeting::of);
    }

    private static Greeting of(Map<byte[], Object> answer) {
        String mode = "";
        String role = "";
        for (Map.Entry<byte[], Object> said : answer.entrySet()) {
            switch (text(said.getKey())) {
                case "mode" -> mode = text(said.getValue());
                case "role" -> role = text(said.getValue());
                default -> {
                    // of no use here
                }
            }
        }
        return new Greeting(mode, role);
    }

    private static String text(@Nullable Object bytes) {
        return bytes instanceof byte[] array ? new String(array, StandardCharsets.UTF_8) : String.valueOf(bytes);
    }

    boolean isPrimary() {
        return role.equals("master");
    }
}
