package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By which number a server knows a channel. */
class HelloAnswerTest {

    private static final String RESP3 =
            "%3\r\n$6\r\nserver\r\n$5\r\nredis\r\n$2\r\nid\r\n:4711\r\n$7\r\nmodules\r\n*0\r\n";

    private final HelloAnswer answer = new HelloAnswer();

    @AfterEach
    void end() {
        answer.end();
    }

    private ByteBuf read(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        answer.read(bytes);
        return bytes;
    }

    @Test
    void numberIsThatOfTheGreeting() {
        read(RESP3);

        assertThat(answer.number()).isEqualTo(4711);
    }

    @Test
    void greetingMayComeByteByByte() {
        RESP3.chars().forEach(each -> read(Character.toString(each)));

        assertThat(answer.number()).isEqualTo(4711);
    }

    @Test
    void bytesAreLeftUnread() {
        assertThat(read(RESP3).readableBytes()).isEqualTo(RESP3.length());
    }

    @Test
    void laterAnswersAreNotRead() {
        read(RESP3);
        read(RESP3.replace("4711", "4712"));

        assertThat(answer.number()).isEqualTo(4711);
    }

    @Test
    void serverThatRefusesToGreetTellsNoNumber() {
        read("-NOAUTH HELLO must be called with the client already authenticated\r\n");
        read(RESP3);

        assertThat(answer.number()).isEqualTo(HelloAnswer.UNKNOWN);
    }

    @Test
    void greetingWithoutANumberTellsNone() {
        read("%1\r\n$6\r\nserver\r\n$5\r\nredis\r\n");

        assertThat(answer.number()).isEqualTo(HelloAnswer.UNKNOWN);
    }

    @Test
    void whatIsNoAnswerTellsNone() {
        read("HTTP/1.1 400 Bad Request\r\n\r\n");

        assertThat(answer.number()).isEqualTo(HelloAnswer.UNKNOWN);
    }
}
