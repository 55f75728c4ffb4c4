#define _DEFAULT_SOURCE /* flock */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* what: goes in front of what the system says, which number names. */
static bool file_problem(struct trich_error *error, const char *path, const char *what, int number)
{
    size_t length = strlen(path);
    size_t skip = length < sizeof error->file ? 0 : length - (sizeof error->file - 1);
    *error = (struct trich_error){.status = number == ENOMEM ? TRICH_ERROR_MEMORY : TRICH_ERROR_IO};
    memcpy(error->file, path + skip, length - skip);
    snprintf(error->message, sizeof error->message, "%s%s", what, strerror(number));
    return false;
}

static bool read_problem(struct trich_error *error, const char *path)
{
    return file_problem(error, path, "", errno);
}

/* Leaves errno as it is: it tells whether the next file can be written. */
static bool write_problem(struct trich_error *error, const char *path)
{
    int number = errno;
    file_problem(error, path, "cannot be written: ", number);
    errno = number;
    return false;
}

/* Told before all of it is in memory: what never ends, such as /dev/zero, would take all there is. */
static bool length_problem(struct trich_error *error, const char *path)
{
    file_problem(error, path, "", 0);
    error->status = TRICH_ERROR_LIMIT;
    snprintf(error->message, sizeof error->message,
             "longer than 1 GiB, the most that one article may be (--split if it holds many)");
    return false;
}

static bool is_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* A stream of what is being written would never end. */
static bool is_output(int descriptor)
{
    struct stat own;
    struct stat output;
    return fstat(descriptor, &own) == 0 && S_ISREG(own.st_mode) && fstat(STDOUT_FILENO, &output) == 0 &&
           own.st_ino == output.st_ino && own.st_dev == output.st_dev;
}

int file_open(const char *path, struct trich_error *error)
{
    int descriptor = is_input(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        read_problem(error, path);
    } else if (is_output(descriptor)) {
        file_problem(error, path, "", 0);
        snprintf(error->message, sizeof error->message, "is the file that the output goes into: not read");
        if (descriptor != STDIN_FILENO)
            close(descriptor);
        descriptor = -1;
    }
    return descriptor;
}

bool file_read_some(int descriptor, const char *path, struct bytes *bytes, size_t most, bool *end,
                    struct trich_error *error)
{
    bytes_reserve(bytes, most);
    ssize_t got;
    do {
        got = read(descriptor, bytes->data + bytes->length, most);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return read_problem(error, path);
    *end = got == 0;
    bytes->length += (size_t)got;
    return true;
}

bool file_read(const char *path, struct bytes *bytes, struct stat *stat, struct trich_error *error)
{
    int descriptor = file_open(path, error);
    if (descriptor < 0)
        return false;
    struct stat own;
    bool good = true, end = false;
    if (fstat(descriptor, &own) != 0)
        good = read_problem(error, path);
    /* The size is only a first guess: the file may be a pipe, or may be growing. */
    size_t guess = good && S_ISREG(own.st_mode) && own.st_size > 0 ? (size_t)own.st_size + 1 : 65536;
    if (good && guess > TRICH_INPUT_MOST + 1)
        good = length_problem(error, path);
    while (good && !end) {
        good = file_read_some(descriptor, path, bytes, guess, &end, error);
        if (good && bytes->length > TRICH_INPUT_MOST)
            good = length_problem(error, path);
        guess = bytes->capacity - bytes->length > 4096 ? bytes->capacity - bytes->length : 65536;
    }
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    if (good && stat != NULL)
        *stat = own;
    return good;
}

static bool make_folder(const char *path, struct trich_error *error)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    int number = errno;
    file_problem(error, path, "this directory cannot be made: ", number);
    errno = number;
    return false;
}

/* Makes the folders that path lies in. */
static bool make_folders(char *path, struct trich_error *error)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool made = make_folder(path, error);
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

bool file_make_folder(const char *path, struct trich_error *error)
{
    char *copy = memory_copy(path);
    bool good = make_folders(copy, error) && make_folder(path, error);
    free(copy);
    struct stat made;
    if (good && stat(path, &made) == 0 && !S_ISDIR(made.st_mode)) {
        errno = ENOTDIR;
        good = false;
        write_problem(error, path);
    } else if (good && access(path, W_OK | X_OK) != 0) {
        good = write_problem(error, path);
    }
    return good;
}

/* Some network file systems have no locks: there it is up to the user that no two runs write at a time. */
static bool has_no_locks(int number)
{
    return number == ENOLCK || number == ENOSYS || number == EOPNOTSUPP || number == EINVAL;
}

/* Another process, or another thread at a name cut to the same one, has the lock for the time of one writing.
 */
static bool lock_part(int descriptor)
{
    enum { TRIES = 200 };
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    for (int i = 0; flock(descriptor, LOCK_EX | LOCK_NB) != 0; i++) {
        if (has_no_locks(errno))
            return true;
        if (errno != EWOULDBLOCK || i == TRIES)
            return false;
        nanosleep(&pause, NULL);
    }
    return true;
}

/*
 * Opens and locks the temporary file. The lock tells a file left over (its lock died with its process) from
 * one in use. Between open and lock the other process may have given the file its final name: then what was
 * opened is no longer the temporary file, and the whole is done again.
 */
static int open_part(char *part, const char *path, struct trich_error *error)
{
    bool folders_made = false;
    for (;;) {
        int descriptor = open(part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (descriptor < 0 && errno == ENOENT && !folders_made) {
            folders_made = true;
            if (!make_folders(part, error))
                return -1;
            continue;
        }
        if (descriptor < 0) {
            write_problem(error, path);
            return -1;
        }
        struct stat opened, named;
        if (!lock_part(descriptor)) {
            write_problem(error, path);
            if (errno == EWOULDBLOCK)
                snprintf(error->message, sizeof error->message, "another process is writing this file");
            close(descriptor);
            return -1;
        }
        if (fstat(descriptor, &opened) == 0 && stat(part, &named) == 0 && opened.st_ino == named.st_ino &&
            opened.st_dev == named.st_dev)
            return descriptor;
        close(descriptor);
    }
}

static bool write_all(int descriptor, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, data, length);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            data += written;
            length -= (size_t)written;
        }
    }
    return true;
}

/* So that the name lasts too. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? memory_copy(".") : memory_copy(path);
    if (slash != NULL)
        folder[slash > path ? slash - path : 1] = '\0';
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0)
        close(descriptor);
    free(folder);
    return good;
}

/* A name as long as names may be is cut for it: should two have the same temporary name then, the lock lets
 * one in after the other. */
static void part_name(struct bytes *part, const char *path)
{
    static const char end[] = ".part";
    const char *slash = strrchr(path, '/');
    size_t folder = slash != NULL ? (size_t)(slash + 1 - path) : 0;
    size_t name = strlen(path + folder);
    size_t room = NAME_MAX - (sizeof end - 1);
    bytes_append(part, path, folder + (name < room ? name : room));
    bytes_append(part, end, sizeof end);
}

void file_clean(const char *path)
{
    struct bytes part = {0};
    part_name(&part, path);
    int descriptor = open(part.data, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor >= 0) {
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            unlink(part.data);
        close(descriptor);
    }
    bytes_clear(&part);
}

bool file_write(const char *path, const struct bytes *bytes, const struct timespec *modified, bool sync,
                struct trich_error *error)
{
    struct bytes part = {0};
    part_name(&part, path);
    int descriptor = open_part(part.data, path, error);
    bool good = descriptor >= 0;
    if (good) {
        struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_nsec = UTIME_OMIT}};
        if (modified != NULL)
            times[1] = *modified;
        good = ftruncate(descriptor, 0) == 0 && write_all(descriptor, bytes->data, bytes->length) &&
               futimens(descriptor, times) == 0 && (!sync || fsync(descriptor) == 0) &&
               rename(part.data, path) == 0 && (!sync || sync_folder(path));
        int number = errno;
        if (!good) {
            write_problem(error, path);
            unlink(part.data);
        }
        /* Only now: the lock holds until the name is right. */
        if (close(descriptor) != 0 && good) {
            good = write_problem(error, path);
            number = errno;
        }
        errno = number;
    }
    bytes_clear(&part);
    return good;
}
