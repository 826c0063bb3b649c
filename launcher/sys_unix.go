//go:build unix

package main

import (
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"syscall"
)

func user() string {
	return strconv.Itoa(os.Geteuid())
}

// owned reports that a file or folder belongs to neither this user nor root.
func owned(info fs.FileInfo) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return errors.New("has no known owner")
	}
	if stat.Uid != 0 && int(stat.Uid) != os.Geteuid() {
		return fmt.Errorf("belongs to user %d", stat.Uid)
	}
	return nil
}

// ours reports why somebody else than this user or root could change a file or folder.
func ours(info fs.FileInfo) error {
	if info.Mode()&0o022 != 0 {
		return fmt.Errorf("others may write it (mode %04o)", info.Mode().Perm())
	}
	return owned(info)
}

// plainly has files and folders get the modes they are made with: a umask that takes some from their
// own user would leave a cache folder that no later start can enter. It gives what ends that.
func plainly() func() {
	users := syscall.Umask(0o077)
	return func() { syscall.Umask(users) }
}

// read gives a file's bytes to a hash. os.Open would ask the system seven things a file instead of
// three, to make it one that can be waited for; hundreds are read at every start.
func read(path string, into hash.Hash, buffer []byte) error {
	fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return &os.PathError{Op: "open", Path: path, Err: err}
	}
	defer syscall.Close(fd)
	for {
		n, err := syscall.Read(fd, buffer)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return &os.PathError{Op: "read", Path: path, Err: err}
		case n == 0:
			return nil
		default:
			into.Write(buffer[:n])
		}
	}
}

// room reports why a place cannot take so many bytes of a program.
func room(path string, bytes int64) error {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(path, &stat); err != nil {
		// Writing will tell.
		return nil
	}
	noexec := uint64(8)
	if runtime.GOOS == "darwin" {
		noexec = 4
	}
	if uint64(stat.Flags)&noexec != 0 {
		return errors.New("mounted so that no program can run from it (noexec)")
	}
	// Not every file system counts; those that do not say 0 blocks.
	free := int64(stat.Bavail) * int64(stat.Bsize)
	if stat.Blocks > 0 && free < bytes {
		return fmt.Errorf("no space: %d MB free", free/1_000_000)
	}
	return nil
}

// lacking reports what the system lacks to run any Deno.
func lacking() error {
	if _, err := os.Readlink("/proc/self/exe"); err != nil && runtime.GOOS == "linux" {
		return errors.New("Deno needs /proc, which is not mounted here: mount -t proc proc /proc")
	}
	return nil
}

// lock waits until this process alone unpacks, and gives what ends that.
func lock(path string) (func(), error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	err = patiently(path, func() (bool, error) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		return errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR), err
	})
	if err != nil {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}

// start becomes Deno: the same process for the terminal, for signals and for who waits for it. It
// returns only when that fails.
func (p *pack) start(dir string) error {
	exe := dir + "/" + p.Exe
	err := syscall.Exec(exe, append([]string{exe}, p.arguments(dir)...), environment(dir))
	switch {
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return fmt.Errorf("the system runs no program from it: %w", err)
	case errors.Is(err, syscall.ENOENT) && runtime.GOOS == "linux":
		return last{fmt.Errorf("Deno cannot start: it needs glibc, whose loader is not on this system (%w)", err)}
	}
	return last{fmt.Errorf("%s cannot start: %w", shown(exe), err)}
}
