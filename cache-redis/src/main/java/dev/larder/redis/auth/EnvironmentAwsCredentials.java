package dev.larder.redis.auth;

/** Reads AWS credentials from the environment. */
final class EnvironmentAwsCredentials implements AwsCredentialsSource {

    private static final String ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String TOKEN = "AWS_SESSION_TOKEN";

    private final Environment environment;

    EnvironmentAwsCredentials(Environment environment) {
        this.environment = environment;
    }

    boolean hasAny() {
        return environment.text(ID) != null || environment.text(SECRET) != null;
    }

    @Override
    public AwsCredentials credentials() {
        return new AwsCredentials(required(ID), required(SECRET), environment.text(TOKEN), null);
    }

    private String required(String variable) {
        String value = environment.text(variable);
        if (value == null) {
            throw new CredentialsException("the environment variable " + variable + " is not set; " + ID + " and "
                    + SECRET + " are needed, and with temporary credentials " + TOKEN);
        }
        return value;
    }

    @Override
    public String toString() {
        return "EnvironmentAwsCredentials";
    }
}
