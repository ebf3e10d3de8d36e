package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisConnectionException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class UnreachableTest {

    /** A name server that does not answer would make a test with a real name take as long as it may, and fail otherwise. */
    @Test
    void nameThatNobodyKnowsIsTold() {
        RedisConnectionException failure =
                new RedisConnectionException("Unable to connect", new UnknownHostException("nowhere.invalid"));

        assertThat(Unreachable.of("redis nowhere.invalid:6379", Access.ofStranger(), failure))
                .hasMessageStartingWith(
                        "redis nowhere.invalid:6379 cannot be reached: there is no such host; look at the address");
    }
}
