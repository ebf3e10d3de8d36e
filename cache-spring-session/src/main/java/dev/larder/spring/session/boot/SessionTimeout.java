package dev.larder.spring.session.boot;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/**
 * The idle timeout where Boot has it, read from the environment: the classes in which Boot binds these properties are other ones in
 * Boot 4.
 */
final class SessionTimeout {

    private static final List<String> PROPERTIES = List.of("spring.session.timeout", "server.servlet.session.timeout");
    private static final Duration DEFAULT = Duration.ofMinutes(30);

    private SessionTimeout() {}

    static Duration of(Environment environment) {
        for (String property : PROPERTIES) {
            String text = environment.getProperty(property);
            if (text != null && !text.isBlank()) {
                return DurationStyle.detectAndParse(text.strip(), ChronoUnit.SECONDS);
            }
        }
        return DEFAULT;
    }
}
