package dev.larder.redis.auth;

/** Whether the AWS SDK is there, which is an optional dependency. All that needs its classes is in {@link AwsSdkCredentialsSource}. */
final class AwsSdk {

    /** What an error says to who needs more than this module does by itself. */
    static final String HINT = "add software.amazon.awssdk:auth to the class path, whose provider is then used";

    private AwsSdk() {}

    static boolean isPresent() {
        return isPresent("software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider");
    }

    static boolean isPresent(String className) {
        try {
            Class.forName(className, false, AwsSdk.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
