package dev.larder.redis.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The profiles in the files of the AWS tools: {@code ~/.aws/credentials}, and below it {@code ~/.aws/config}. Read at each call.
 *
 * @param home what {@code ~} stands for
 */
record AwsProfiles(Environment environment, Path home) {

    static AwsProfiles ofUser() {
        return new AwsProfiles(System::getenv, Path.of(System.getProperty("user.home", ".")));
    }

    Path credentialsFile() {
        return file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    }

    Path configFile() {
        return file("AWS_CONFIG_FILE", "config");
    }

    /** Returns the name that was asked for, that of {@code AWS_PROFILE}, or {@code default}. */
    String nameOr(@Nullable String asked) {
        if (asked != null) {
            return asked;
        }
        String named = environment.text("AWS_PROFILE");
        return named == null ? "default" : named;
    }

    /** Returns what both files say of a profile; what the credentials file says comes first. Empty if there is none. */
    Map<String, String> properties(String profile) {
        Map<String, Map<String, String>> config = read(configFile());
        Map<String, String> properties = new HashMap<>();
        if (profile.equals("default")) {
            properties.putAll(config.getOrDefault("default", Map.of()));
        }
        properties.putAll(config.getOrDefault("profile " + profile, Map.of()));
        properties.putAll(read(credentialsFile()).getOrDefault(profile, Map.of()));
        return properties;
    }

    private Path file(String variable, String name) {
        String path = environment.text(variable);
        if (path == null) {
            return home.resolve(".aws").resolve(name);
        }
        return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
    }

    private static Map<String, Map<String, String>> read(Path file) {
        try {
            return ProfileFormat.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            return Map.of();
        } catch (IOException e) {
            throw new CredentialsException(
                    "the AWS profile file " + file + " cannot be read; may this process read it?", e);
        }
    }
}
