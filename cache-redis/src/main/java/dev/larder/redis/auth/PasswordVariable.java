package dev.larder.redis.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes a password from an environment variable, which cannot change while the JVM runs. */
final class PasswordVariable implements CredentialsProvider {

    private final @Nullable String username;
    private final String variable;
    private final Environment environment;

    PasswordVariable(@Nullable String username, String variable, Environment environment) {
        this.username = username;
        this.variable = Objects.requireNonNull(variable, "variable");
        this.environment = environment;
    }

    @Override
    public Grant grant() {
        String password = environment.get(variable);
        if (password == null || password.isEmpty()) {
            throw new CredentialsException(
                    "the environment variable " + variable + ", which shall hold the password, is not set");
        }
        return Grant.forGood(Credentials.of(username, password));
    }

    @Override
    public String toString() {
        return "PasswordVariable[" + variable + "]";
    }
}
