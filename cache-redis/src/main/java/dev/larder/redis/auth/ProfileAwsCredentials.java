package dev.larder.redis.auth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads AWS credentials from a profile. What has to be asked for at AWS is left to the AWS SDK. */
final class ProfileAwsCredentials implements AwsCredentialsSource {

    private static final String ID = "aws_access_key_id";
    private static final String SECRET = "aws_secret_access_key";

    /** What leads elsewhere, even if keys are there too. */
    private static final List<String> BEFORE_KEYS =
            List.of("role_arn", "sso_session", "sso_account_id", "sso_start_url", "web_identity_token_file");

    private final AwsProfiles profiles;
    private final @Nullable String asked;

    ProfileAwsCredentials(AwsProfiles profiles, @Nullable String asked) {
        this.profiles = profiles;
        this.asked = asked;
    }

    boolean hasAny() {
        return !profiles.properties(name()).isEmpty();
    }

    @Override
    public AwsCredentials credentials() {
        Map<String, String> properties = profiles.properties(name());
        if (properties.isEmpty()) {
            throw new CredentialsException(here() + " does not exist; create it, or name another one");
        }
        BEFORE_KEYS.forEach(property -> refuse(property, properties));
        if (!properties.containsKey(ID) && !properties.containsKey(SECRET)) {
            refuse("credential_process", properties);
            refuse("login_session", properties);
        }
        return new AwsCredentials(
                required(ID, properties), required(SECRET, properties), properties.get("aws_session_token"), null);
    }

    private void refuse(String property, Map<String, String> properties) {
        if (properties.containsKey(property)) {
            throw new CredentialsException(here() + " has " + property + ", which takes the AWS SDK: " + AwsSdk.HINT);
        }
    }

    private String required(String property, Map<String, String> properties) {
        String value = properties.get(property);
        if (value == null || value.isEmpty()) {
            throw new CredentialsException(here() + " has no " + property);
        }
        return value;
    }

    private String name() {
        return profiles.nameOr(asked);
    }

    private String here() {
        return "the profile \"" + name() + "\" in " + profiles.credentialsFile() + " and " + profiles.configFile();
    }

    @Override
    public String toString() {
        return "ProfileAwsCredentials[" + name() + "]";
    }
}
